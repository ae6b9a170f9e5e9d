/** The agent's one ADS stream: subscribes, acknowledges or refuses, reconnects, and keeps the last good resources. */
@NullMarked
package io.inmesh.agent.ads;

import org.jspecify.annotations.NullMarked;
