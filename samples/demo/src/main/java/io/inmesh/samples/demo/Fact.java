package io.inmesh.samples.demo;

import java.io.IOException;

/** Something that the demo claims. */
@FunctionalInterface
interface Fact {

    /** Makes the calls that show it and looks at what the called processes saw. */
    Line check() throws IOException, InterruptedException;
}
