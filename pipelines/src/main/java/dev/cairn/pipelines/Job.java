package dev.cairn.pipelines;

import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;

/**
 * A piece of a run that an engine does.
 *
 * @param name the same for the same work, whoever asks for it: an engine that still does a job of
 *     this name goes on with that one
 * @param width how many pieces of work there are; more workers than that would be idle
 * @param pipeline builds it
 */
public record Job(String name, int width, Consumer<Pipeline> pipeline) {}
