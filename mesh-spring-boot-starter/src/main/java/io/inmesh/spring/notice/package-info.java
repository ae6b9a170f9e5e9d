/** What the start finds out about the rest of an application that its owner ought to know, each said once. */
@NullMarked
package io.inmesh.spring.notice;

import org.jspecify.annotations.NullMarked;
