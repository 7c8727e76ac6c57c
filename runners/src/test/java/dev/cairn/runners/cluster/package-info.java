/** Cairn as a user starts it, on a session cluster of real processes. */
@org.jspecify.annotations.NullMarked
package dev.cairn.runners.cluster;
