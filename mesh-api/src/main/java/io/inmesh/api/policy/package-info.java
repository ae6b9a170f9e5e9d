/** What an application's annotations and properties ask of its own calls, field by field. */
@NullMarked
package io.inmesh.api.policy;

import org.jspecify.annotations.NullMarked;
