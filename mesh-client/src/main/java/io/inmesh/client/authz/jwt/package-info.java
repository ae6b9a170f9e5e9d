/** JSON Web Tokens: reads them, checks their claims and verifies them with keys whose algorithms are pinned; knows no requests. */
@NullMarked
package io.inmesh.client.authz.jwt;

import org.jspecify.annotations.NullMarked;
