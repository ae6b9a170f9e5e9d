/** What the agent keeps on disk to serve at once after a restart: its identity and the last good resources. */
@NullMarked
package io.inmesh.agent.store;

import org.jspecify.annotations.NullMarked;
