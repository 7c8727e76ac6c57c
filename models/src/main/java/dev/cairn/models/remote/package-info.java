/** Models that are asked over HTTP, as OpenAI's are ({@code /v1/embeddings}). */
@NullMarked
package dev.cairn.models.remote;

import org.jspecify.annotations.NullMarked;
