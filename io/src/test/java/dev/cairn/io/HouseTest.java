package dev.cairn.io;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Arrow, Parquet, Hadoop and Beam are optional: whoever only wants content addressing does not have
 * them, so the rooms that give it may not name them.
 */
@AnalyzeClasses(packages = "dev.cairn.io", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {
  private static final String[] CORE = {
    "dev.cairn.io.cid..",
    "dev.cairn.io.block..",
    "dev.cairn.io.unixfs..",
    "dev.cairn.io.car..",
    "dev.cairn.io.sort..",
    "dev.cairn.io.store..",
    "dev.cairn.io.table..",
    "dev.cairn.io.dataset.."
  };

  @ArchTest
  static final ArchRule CORE_STANDS_WITHOUT_OPTIONAL_LIBRARIES =
      noClasses()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.arrow..",
              "org.apache.parquet..",
              "org.apache.hadoop..",
              "org.apache.beam..",
              "com.google.flatbuffers..",
              "com.github.luben..");

  @ArchTest
  static final ArchRule CORE_STANDS_WITHOUT_FORMATS_AND_BEAM =
      noClasses()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.cairn.io.format..", "dev.cairn.io.beam..");

  @ArchTest
  static final ArchRule FORMATS_KNOW_NO_STORE =
      noClasses()
          .that()
          .resideInAnyPackage("dev.cairn.io.format..", "dev.cairn.io.table..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.cairn.io.store..",
              "dev.cairn.io.unixfs..",
              "dev.cairn.io.car..",
              "dev.cairn.io.dataset..");
}
