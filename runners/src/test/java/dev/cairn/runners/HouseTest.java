package dev.cairn.runners;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** The rooms of the house: {@code io <- models <- transforms <- pipelines <- runners}. */
@AnalyzeClasses(
    packages = "dev.cairn",
    importOptions = {ImportOption.DoNotIncludeTests.class, HouseTest.NoTestArchive.class})
class HouseTest {
  /** Leaves out what another module's tests lend to this one's. */
  static final class NoTestArchive implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  private static final String IO = "dev.cairn.io..";
  private static final String MODELS = "dev.cairn.models..";
  private static final String TRANSFORMS = "dev.cairn.transforms..";
  private static final String PIPELINES = "dev.cairn.pipelines..";
  private static final String RUNNERS = "dev.cairn.runners..";

  /** The packages that only an engine has. */
  private static final String[] ENGINES = {"org.apache.beam.runners..", "org.apache.flink.."};

  @ArchTest
  static final ArchRule IO_STANDS_ALONE =
      none(IO, MODELS, TRANSFORMS, PIPELINES, RUNNERS, "ai.djl..", "ai.onnxruntime..");

  @ArchTest
  static final ArchRule MODELS_KNOW_NO_TRANSFORM = none(MODELS, TRANSFORMS, PIPELINES, RUNNERS);

  @ArchTest static final ArchRule MODELS_KNOW_NO_BEAM = none(MODELS, "org.apache.beam..");

  @ArchTest
  static final ArchRule TRANSFORMS_KNOW_NO_PIPELINE_AND_NO_RUNNER =
      none(TRANSFORMS, PIPELINES, RUNNERS);

  @ArchTest static final ArchRule TRANSFORMS_KNOW_NO_ENGINE = none(TRANSFORMS, ENGINES);

  @ArchTest static final ArchRule PIPELINES_KNOW_NO_RUNNER = none(PIPELINES, RUNNERS);

  @ArchTest static final ArchRule PIPELINES_KNOW_NO_ENGINE = none(PIPELINES, ENGINES);

  @ArchTest
  static final ArchRule ONLY_THE_ENGINE_ROOM_KNOWS_ENGINES =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.cairn.runners.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ENGINES);

  @ArchTest
  static final ArchRule EVERY_PACKAGE_IS_NULL_MARKED =
      classes().that().resideInAPackage("dev.cairn..").should(new InNullMarkedPackage());

  private static ArchRule none(String room, String... others) {
    return noClasses()
        .that()
        .resideInAPackage(room)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others);
  }

  private static final class InNullMarkedPackage extends ArchCondition<JavaClass> {
    InNullMarkedPackage() {
      super("be in a package whose package-info is @NullMarked");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
      events.add(new SimpleConditionEvent(type, marked, type.getName() + " is not"));
    }
  }
}
