package dev.cairn.pipelines;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.tier.StorePolicy;
import dev.cairn.transforms.embed.Progress;
import dev.cairn.transforms.record.WorkerStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;

/** Workers see the store's folder: all is there already. */
final class FolderWorkplace implements Workplace {
  private final StorePolicy policy;
  private final RunFolder folder;

  FolderWorkplace(StorePolicy policy, RunFolder folder) {
    this.policy = policy;
    this.folder = folder;
  }

  @Override
  public WorkerStore open(Map<String, Cid> needed) throws IOException {
    return WorkerStore.inFolder(policy, folder.newProof());
  }

  @Override
  public void collect(Collection<String> actions) {}

  @Override
  public String progressFolder() {
    return folder.progress().toString();
  }

  @Override
  public long tokens(String job, Collection<String> shards) throws IOException {
    long tokens = 0;
    for (Path progress : folder.progressOf(job)) {
      tokens += Files.isDirectory(progress) ? Progress.tokensIn(progress) : 0;
    }
    return tokens;
  }

  @Override
  public void done() {
    folder.done();
  }
}
