package dev.cairn.io.beam;

import java.nio.file.Path;
import java.util.Map;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.DefaultValueFactory;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Where a pipeline finds the blocks of {@code ipfs://}. What holds at launch travels with the job,
 * so that every worker looks at the same place.
 */
public interface IpfsOptions extends PipelineOptions {

  /** The folder of the local store; every worker must see it under this path. */
  @Description(
      "Folder of the local store that ipfs:// is read from (default: CAIRN_HOME, else cairn in the"
          + " user's data folder)")
  @Default.InstanceFactory(HomeFactory.class)
  String getCairnHome();

  void setCairnHome(String folder);

  /** {@code CAIRN_HOME}, else {@code XDG_DATA_HOME/cairn}, else {@code ~/.local/share/cairn}. */
  final class HomeFactory implements DefaultValueFactory<String> {
    @Override
    public String create(PipelineOptions options) {
      return homeFolder(System.getenv()).toAbsolutePath().toString();
    }

    static Path homeFolder(Map<String, String> environment) {
      String named = environment.getOrDefault("CAIRN_HOME", "");
      if (!named.isEmpty()) {
        return Path.of(named);
      }
      String data = environment.getOrDefault("XDG_DATA_HOME", "");
      Path base =
          data.isEmpty()
              ? Path.of(System.getProperty("user.home"), ".local", "share")
              : Path.of(data);
      return base.resolve("cairn");
    }
  }
}
