/** {@code meshctl}: what operators type. */
@NullMarked
package io.inmesh.cli;

import org.jspecify.annotations.NullMarked;
