package dev.cairn.io.beam;

import dev.cairn.io.cid.Cid;
import java.util.List;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;

/** Files that were found, as Beam describes files. */
final class IpfsFiles {
  private IpfsFiles() {}

  /** What Beam knows of files below {@code root}. */
  static List<Metadata> metadata(Cid root, List<FoundFile> files) {
    return files.stream().map(file -> metadata(root, file)).toList();
  }

  private static Metadata metadata(Cid root, FoundFile file) {
    return Metadata.builder()
        .setResourceId(IpfsResourceId.file(new IpfsUri(IpfsUri.IPFS, root.toString(), file.path())))
        .setSizeBytes(file.bytes())
        .setIsReadSeekEfficient(true)
        .setChecksum(file.cid().toString())
        .build();
  }
}
