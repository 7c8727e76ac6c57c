package dev.cairn.models.embed;

import java.util.concurrent.CompletableFuture;

/** One text that waits for its vector. */
record EmbedJob(String text, int maxTokens, CompletableFuture<float[]> vector) {}
