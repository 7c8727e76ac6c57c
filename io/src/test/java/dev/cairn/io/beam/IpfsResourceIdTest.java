package dev.cairn.io.beam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.io.fs.ResourceIdCoder;
import org.apache.beam.sdk.io.fs.ResourceIdTester;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IpfsResourceIdTest {
  private static final String CID = "bafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354";

  @BeforeAll
  static void register() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  @Test
  void passesBeamsOwnTests() {
    ResourceIdTester.runResourceIdBattery(folder("ipfs://" + CID + "/a"));
    ResourceIdTester.runResourceIdBattery(folder("ipns://caselaw"));
  }

  @Test
  void keepsItsText() throws Exception {
    for (String text :
        List.of(
            "ipfs://" + CID,
            "ipfs://" + CID + "/a%20b/c#d?e",
            "ipfs://QmbFMke1KXqnYyBBWxB74N4c5SBnJMVAiMNRcGu6x1AwQH/Ünï/\ud83d\ude00",
            "ipns://caselaw@{1}/x")) {
      ResourceId file = FileSystems.matchNewResource(text, false);
      assertThat(file).isInstanceOf(IpfsResourceId.class).hasToString(text);
      assertThat(SerializableUtils.ensureSerializable(file)).isEqualTo(file);
      assertThat(CoderUtils.clone(ResourceIdCoder.of(), file)).isEqualTo(file);
      assertThat(file.isDirectory()).isFalse();
    }
    assertThat(FileSystems.matchNewResource("IPFS://" + CID + "//a//b", false))
        .hasToString("ipfs://" + CID + "/a/b");
  }

  @Test
  void knowsItsPlace() {
    IpfsResourceId file = IpfsResourceId.parse("ipfs://" + CID + "/a/b.txt", false);
    assertThat(file.getFilename()).isEqualTo("b.txt");
    assertThat(file.getCurrentDirectory()).hasToString("ipfs://" + CID + "/a/");
    IpfsResourceId root = IpfsResourceId.parse("ipfs://" + CID, false);
    assertThat(root.getFilename()).isEqualTo(CID);
    assertThat(root.getCurrentDirectory()).hasToString("ipfs://" + CID + "/");
    ResourceId above =
        folder("ipfs://" + CID + "/a/b").resolve("..", StandardResolveOptions.RESOLVE_DIRECTORY);
    assertThat(above).hasToString("ipfs://" + CID + "/a/");
  }

  @Test
  void refusesWhatIsNoAddress() {
    for (String text : List.of("ipfs://", "ipfs:/" + CID, "ipfs:///a", "http://a/b", "")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> IpfsUri.parse(text))
          .withMessageStartingWith("Cannot read address");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IpfsResourceId.parse("ipfs://" + CID + "/a/", false));
    IpfsResourceId file = IpfsResourceId.parse("ipfs://" + CID + "/a", false);
    assertThatIllegalStateException()
        .isThrownBy(() -> file.resolve("b", StandardResolveOptions.RESOLVE_FILE));
  }

  private static ResourceId folder(String text) {
    return FileSystems.matchNewResource(text, true);
  }
}
