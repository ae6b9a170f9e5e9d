/** Fixtures for the tests of every module. Not published; depends on mesh-api only. */
@NullMarked
package io.inmesh.testkit;

import org.jspecify.annotations.NullMarked;
