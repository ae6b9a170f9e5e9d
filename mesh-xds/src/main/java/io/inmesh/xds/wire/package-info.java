/** Protobuf's wire format and JSON form, read and written by our own code from messages declared as constants. */
@NullMarked
package io.inmesh.xds.wire;

import org.jspecify.annotations.NullMarked;
