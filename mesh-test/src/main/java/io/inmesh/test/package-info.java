/** For tests of those who use the mesh: what would Istio's YAML do with my requests? */
@NullMarked
package io.inmesh.test;

import org.jspecify.annotations.NullMarked;
