/** Runs the bookshop through the mesh and prints what is true, each line measured at the moment it is printed. */
@NullMarked
package io.inmesh.samples.demo;

import org.jspecify.annotations.NullMarked;
