/** What several xDS resources have in common: strings and headers to match, metadata, addresses, fractions. */
@NullMarked
package io.inmesh.xds.model;

import org.jspecify.annotations.NullMarked;
