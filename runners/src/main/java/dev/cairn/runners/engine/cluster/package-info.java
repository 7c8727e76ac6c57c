/**
 * A Flink session cluster on this machine: its processes, their settings and files. Nothing here
 * knows what jobs it runs.
 */
@NullMarked
package dev.cairn.runners.engine.cluster;

import org.jspecify.annotations.NullMarked;
