package io.refdata.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import jakarta.persistence.Entity;
import jakarta.ws.rs.Path;
import java.util.Set;

/** The arrows between the modules, and what each may know. */
@AnalyzeClasses(packages = "io.refdata", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule MODULES_DEPEND_ONE_WAY =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("io.refdata..")
          .layer("server")
          .definedBy("io.refdata.access..", "io.refdata.server..", "io.refdata.settings..")
          .layer("domain")
          .definedBy("io.refdata.domain..")
          .layer("db")
          .definedBy("io.refdata.db..")
          .layer("persistence")
          .definedBy("io.refdata.persistence..")
          .layer("batch")
          .definedBy("io.refdata.batch..")
          .layer("api")
          .definedBy("io.refdata.api..")
          .whereLayer("api")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("batch")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("persistence")
          .mayOnlyBeAccessedByLayers("batch", "api")
          .whereLayer("db")
          .mayOnlyBeAccessedByLayers("persistence")
          .whereLayer("server")
          .mayNotAccessAnyLayer();

  @ArchTest
  static final ArchRule NO_CYCLES_BETWEEN_PACKAGES =
      SlicesRuleDefinition.slices()
          .matching("io.refdata.(domain|persistence|batch|api).(**)")
          .should()
          .beFreeOfCycles();

  @ArchTest
  static final ArchRule ONLY_THE_API_KNOWS_HTTP =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.refdata.api..", "io.refdata.server..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.ws.rs..", "jakarta.servlet..", "io.undertow..");

  @ArchTest
  static final ArchRule THE_DOMAIN_KNOWS_NEITHER_SQL_NOR_JSON =
      noClasses()
          .that()
          .resideInAPackage("io.refdata.domain..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..", "com.fasterxml..", "org.jdbi..");

  @ArchTest
  static final ArchRule NO_ENTITY_IS_AN_ANSWER =
      classes()
          .that()
          .areAnnotatedWith(Path.class)
          .should(
              new ArchCondition<>("answer with no entity") {
                @Override
                public void check(JavaClass resource, ConditionEvents events) {
                  resource.getMethods().stream()
                      .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                      .filter(
                          method -> returnsEntity(method.getReturnType().getAllInvolvedRawTypes()))
                      .forEach(
                          method ->
                              events.add(
                                  SimpleConditionEvent.violated(
                                      method, method.getFullName() + " returns an entity")));
                }
              });

  private static boolean returnsEntity(Set<JavaClass> types) {
    return types.stream().anyMatch(type -> type.isAnnotatedWith(Entity.class));
  }
}
