/** What an analysis says: codes with their levels, findings with their place. */
@NullMarked
package io.inmesh.control.analysis.message;

import org.jspecify.annotations.NullMarked;
