/** Placeholder. */
@org.jspecify.annotations.NullMarked
package dev.cairn.io;
