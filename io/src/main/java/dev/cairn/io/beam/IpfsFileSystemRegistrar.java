package dev.cairn.io.beam;

import java.util.List;
import org.apache.beam.sdk.io.FileSystem;
import org.apache.beam.sdk.io.FileSystemRegistrar;
import org.apache.beam.sdk.options.PipelineOptions;

/** Gives Beam the schemes {@code ipfs} and {@code ipns}; found by ServiceLoader. */
public final class IpfsFileSystemRegistrar implements FileSystemRegistrar {
  @Override
  public Iterable<FileSystem<?>> fromOptions(PipelineOptions options) {
    // Asked for at launch, so that the answer travels with the options (see IpfsOptions).
    String policy = OpenStore.policy(options);
    return List.of(
        new IpfsFileSystem(IpfsUri.IPFS, policy), new IpfsFileSystem(IpfsUri.IPNS, policy));
  }
}
