package dev.cairn.transforms.embed;

import dev.cairn.models.ModelIdentity;
import dev.cairn.models.remote.RemoteLimits;
import dev.cairn.transforms.record.InputRoot;
import dev.cairn.transforms.record.RecordSource;
import dev.cairn.transforms.record.WorkerStore;
import dev.cairn.transforms.text.ChunkSettings;
import java.io.Serializable;
import java.util.List;

/**
 * What a worker must know to embed a shard.
 *
 * @param store where all is
 * @param source what the records are
 * @param root where the input lies
 * @param model reference of the model
 * @param identity that the launcher found; another one is refused
 * @param limits how a model is asked that is behind an endpoint
 * @param chunks how text is cut
 * @param vectors what is embedded beside a chunk's text, and how its vector is kept
 * @param vectorIndexes CIDs of {@link VectorIndex}es of datasets whose vectors are taken
 * @param progressFolder where workers tell how far they are, empty for nowhere
 */
public record EmbedSettings(
    WorkerStore store,
    RecordSource source,
    InputRoot root,
    String model,
    ModelIdentity identity,
    RemoteLimits limits,
    ChunkSettings chunks,
    VectorSettings vectors,
    List<String> vectorIndexes,
    String progressFolder)
    implements Serializable {}
