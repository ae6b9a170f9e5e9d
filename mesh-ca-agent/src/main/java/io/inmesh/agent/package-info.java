/** The agent as a whole: embedded in a service, or as a process beside one. */
@NullMarked
package io.inmesh.agent;

import org.jspecify.annotations.NullMarked;
