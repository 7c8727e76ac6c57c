package dev.cairn.io.beam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.io.store.StorageException;
import dev.cairn.io.store.tier.KuboNode;
import dev.cairn.io.store.tier.PolicyResolver;
import dev.cairn.io.store.tier.StorePolicy;
import dev.cairn.io.store.tier.StoreSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.beam.sdk.options.DefaultValueFactory;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * A store policy as text among a pipeline's options: decided where the pipeline is launched, it
 * travels to the workers with the other options. It holds no secret.
 *
 * <p>That it cannot be decided is an error only for who reads {@code ipfs://}: other pipelines that
 * happen to have Cairn on their class path must not care.
 */
public final class PolicyOption implements DefaultValueFactory<String> {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Decides. */
  @Override
  public String create(PipelineOptions options) {
    IpfsOptions given = options.as(IpfsOptions.class);
    String auth = given.getKuboAuthFile();
    List<String> gateways = given.getIpfsGateways();
    StoreSettings settings =
        new StoreSettings(
            Path.of(given.getCairnHome()),
            given.getCairnStore(),
            given.getKuboApi(),
            auth == null ? null : Path.of(auth),
            gateways == null ? List.of() : gateways);
    try {
      return encode(new PolicyResolver(settings, System.getenv()).resolve());
    } catch (IOException | IllegalArgumentException e) {
      return JSON.createObjectNode().put("error", String.valueOf(e.getMessage())).toString();
    }
  }

  private static String encode(StorePolicy policy) {
    ObjectNode text = JSON.createObjectNode();
    text.put("home", policy.home());
    text.put("mode", policy.mode().toString());
    text.put("reason", policy.reason());
    KuboNode node = policy.node();
    if (node != null) {
      text.put("api", node.api());
      text.put("auth_file", node.authFile());
    }
    policy.gateways().forEach(text.putArray("gateways")::add);
    return text.toString();
  }

  /**
   * The policy.
   *
   * @throws StorageException if there is none, with the reason that was found at launch
   */
  static StorePolicy decode(String text) throws StorageException {
    try {
      JsonNode policy = JSON.readTree(text);
      if (policy.has("error")) {
        throw new StorageException(policy.path("error").asText(), null);
      }
      List<String> gateways = new ArrayList<>();
      policy.path("gateways").forEach(gateway -> gateways.add(gateway.asText()));
      return new StorePolicy(
          policy.path("home").asText(),
          StorePolicy.Mode.valueOf(policy.path("mode").asText().toUpperCase(Locale.ROOT)),
          policy.path("reason").asText(),
          node(policy),
          gateways);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new StorageException("Cannot use option cairnPolicy: " + text + " (not to be set)", e);
    }
  }

  private static @Nullable KuboNode node(JsonNode policy) {
    String auth = policy.path("auth_file").textValue();
    return policy.has("api")
        ? new KuboNode(Objects.requireNonNull(policy.path("api").textValue()), auth)
        : null;
  }
}
