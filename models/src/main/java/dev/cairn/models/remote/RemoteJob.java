package dev.cairn.models.remote;

import java.util.concurrent.CompletableFuture;

/** One text that waits for its vector, with its tokens as Cairn counts them. */
record RemoteJob(String text, int tokens, CompletableFuture<float[]> vector) {}
