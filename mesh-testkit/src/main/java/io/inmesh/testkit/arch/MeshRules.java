package io.inmesh.testkit.arch;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Set;

/** Rules that hold in every module; each says why. */
public final class MeshRules {

    private MeshRules() {}

    /** The compiled main classes of a module. */
    public static JavaClasses mainClasses(String rootPackage) {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(rootPackage);
    }

    public static ArchRule noPackageCycles(String rootPackage) {
        return SlicesRuleDefinition.slices()
                .matching("(" + rootPackage + "..)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .because("a package that takes part in a cycle cannot be read, tested or replaced by itself");
    }

    /** Technology that only the named packages may touch; with no package named, nobody may. */
    public static ArchRule onlyIn(String technology, String why, String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(technology)
                .allowEmptyShould(true)
                .because(why);
    }

    /** Clock, chance, threads and executors come from the composition roots named here. */
    public static ArchRule timeAndChanceAreHandedIn(String... compositionRoots) {
        Set<String> roots = Set.of(compositionRoots);
        return noClasses()
                .that(new DescribedPredicate<JavaClass>("are no composition root") {
                    @Override
                    public boolean test(JavaClass type) {
                        return !roots.contains(outermost(type));
                    }
                })
                .should()
                .callCodeUnitWhere(readsTimeOrChance())
                .allowEmptyShould(true)
                .because(
                        "whatever depends on time or chance must be testable without sleeping, and threads must have an owner");
    }

    /** The JVM's list of providers belongs to the application. */
    public static ArchRule noSecurityProviderIsRegistered() {
        return noClasses()
                .should()
                .callCodeUnitWhere(call("java\\.security\\.Security", "addProvider|insertProviderAt|removeProvider"))
                .allowEmptyShould(true)
                .because("a library must not change the cryptography of the application it lives in");
    }

    public static ArchRule everyPackageIsNullMarked() {
        return classes()
                .that()
                .haveSimpleNameNotEndingWith("package-info")
                .should(new NullMarkedPackage())
                .allowEmptyShould(true)
                .because("without @NullMarked, NullAway and Kotlin cannot tell what may be null");
    }

    private static DescribedPredicate<JavaCall<?>> readsTimeOrChance() {
        return DescribedPredicate.or(
                        call("java\\.lang\\.System", "nanoTime|currentTimeMillis"),
                        call("java\\.lang\\.Math", "random"),
                        call("java\\.time\\.(Instant|LocalDate|LocalDateTime|ZonedDateTime|OffsetDateTime)", "now"),
                        call("java\\.time\\.Clock", "system.*"),
                        call("java\\.util\\.concurrent\\.ThreadLocalRandom", "current"),
                        call("java\\.util\\.(Random|SplittableRandom)", "<init>"),
                        call("java\\.util\\.random\\.RandomGenerator", "getDefault|of"),
                        call("java\\.util\\.UUID", "randomUUID"),
                        call("java\\.util\\.concurrent\\.Executors", ".*"),
                        call("java\\.lang\\.Thread", "<init>|sleep|ofVirtual|startVirtualThread"),
                        call("java\\.util\\.Timer", "<init>"))
                .as("reads the machine's time or chance, or makes threads");
    }

    private static DescribedPredicate<JavaCall<?>> call(String ownerPattern, String namePattern) {
        DescribedPredicate<HasName> named = nameMatching(namePattern);
        return target(owner(nameMatching(ownerPattern))).and(target(named)).forSubtype();
    }

    private static String outermost(JavaClass type) {
        String name = type.getName();
        int dollar = name.indexOf('$');
        return dollar < 0 ? name : name.substring(0, dollar);
    }
}
