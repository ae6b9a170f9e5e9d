/** Keys of token issuers: fetched for all clients at once, looked for again, and kept while an issuer cannot be reached. */
@NullMarked
package io.inmesh.control.jwks;

import org.jspecify.annotations.NullMarked;
