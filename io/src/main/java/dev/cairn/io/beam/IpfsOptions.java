package dev.cairn.io.beam;

import dev.cairn.io.store.tier.StoreSettings;
import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.DefaultValueFactory;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

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

  /** Which tiers to use. */
  @Description("Which tiers ipfs:// is read from and written to: AUTO, LOCAL or KUBO")
  @Default.Enum("AUTO")
  StoreSettings.Choice getCairnStore();

  void setCairnStore(StoreSettings.Choice choice);

  /** The node's RPC; else that of {@code CAIRN_KUBO_API}. */
  @Description("RPC endpoint of a Kubo node, a URL or multiaddr (default: CAIRN_KUBO_API)")
  @Nullable String getKuboApi();

  void setKuboApi(@Nullable String endpoint);

  /** The file with the node's credentials, under the same path for every worker. */
  @Description("File with bearer:TOKEN or basic:USER:PASS (default: CAIRN_KUBO_AUTH)")
  @Nullable String getKuboAuthFile();

  void setKuboAuthFile(@Nullable String file);

  /** Trustless gateways; else those of {@code CAIRN_GATEWAYS}. */
  @Description("Trustless gateways to read from (default: CAIRN_GATEWAYS)")
  @Nullable List<String> getIpfsGateways();

  void setIpfsGateways(@Nullable List<String> urls);

  /** The tiers that the other options and the environment of the launch gave. Not to be set. */
  @Description("The tiers in use, decided at launch by the other options; not to be set")
  @Default.InstanceFactory(PolicyOption.class)
  String getCairnPolicy();

  void setCairnPolicy(String policy);

  /** {@code CAIRN_HOME}, else {@code XDG_DATA_HOME/cairn}, else {@code ~/.local/share/cairn}. */
  final class HomeFactory implements DefaultValueFactory<String> {
    @Override
    public String create(PipelineOptions options) {
      return StoreSettings.none().home(System.getenv()).toAbsolutePath().toString();
    }
  }
}
