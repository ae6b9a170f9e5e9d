/** Reads untrusted YAML and JSON into values that know their line; knows nothing of what they mean. */
@NullMarked
package io.inmesh.control.yaml;

import org.jspecify.annotations.NullMarked;
