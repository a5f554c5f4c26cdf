package io.certwright.architecture;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The rules of the house, for all classes under one base package, so that they can be tried on planted breaches too. */
final class HouseRules {
    private static final String BANNED_SUFFIXES =
            ".*(Manager|Helper|Utils?|Impl|Service|Processor|Handler|Info|Data)(\\$.*)?";

    private final String base;

    HouseRules(String base) {
        this.base = base;
    }

    ArchRule rooms_know_only_what_is_below_them() {
        return classes()
                .that(resideInAPackage(base + ".*.."))
                .should(new KnowOnlyRoomsBelow(base))
                .allowEmptyShould(true);
    }

    ArchRule packages_form_no_cycle() {
        return slices().matching(base + ".(**)").should().beFreeOfCycles().allowEmptyShould(true);
    }

    ArchRule values_and_failures_know_the_jdk_alone() {
        return classes()
                .that()
                .resideInAnyPackage(base + ".certificate..", base + ".failure..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax.security..",
                        "org.jspecify.annotations..",
                        base + ".certificate..",
                        base + ".failure..")
                .allowEmptyShould(true);
    }

    ArchRule only_crypto_and_the_enrollment_adapters_name_the_crypto_library() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(base + ".crypto..", base + ".enrollment.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bouncycastle..")
                .allowEmptyShould(true);
    }

    ArchRule only_the_switch_over_binds() {
        return onlyCalledBy("bind", "lifecycle.SwitchOver");
    }

    ArchRule only_restoring_puts_back() {
        return onlyCalledBy("restore", "lifecycle.Restoring");
    }

    ArchRule only_retiring_forgets() {
        return onlyCalledBy("forget", "lifecycle.Retiring");
    }

    private ArchRule onlyCalledBy(String method, String... callers) {
        String binding = base + ".binding.ServerBinding";
        DescribedPredicate<JavaClass> allowed = resideInAPackage(base + ".wsus..")
                .or(assignableTo(binding))
                .or(DescribedPredicate.describe(
                        String.join(", ", callers),
                        type -> Arrays.stream(callers)
                                .anyMatch(caller -> type.getName()
                                        .matches(base.replace(".", "\\.") + "\\." + caller + "(\\$.*)?"))));
        return noClasses()
                .that(DescribedPredicate.not(allowed))
                .should()
                .accessTargetWhere(target(owner(assignableTo(binding))).and(target(name(method))))
                .because("only " + String.join(", ", callers) + " and wsus change what a server serves")
                .allowEmptyShould(true);
    }

    ArchRule names_say_what_a_class_is() {
        return noClasses()
                .should()
                .haveNameMatching(BANNED_SUFFIXES)
                .because("such a name says nothing about what the class is in the words of the domain")
                .allowEmptyShould(true);
    }

    /**
     * Everything that asks the system for time, waits or draws lots by itself. {@code store.postgres.embedded.Patience} is the one
     * place that really waits; whoever uses it gets it by constructor.
     */
    ArchRule time_and_chance_come_in_through_the_constructor() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(base + ".app..")
                .and()
                .doNotHaveFullyQualifiedName(base + ".store.postgres.embedded.Patience")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .accessTargetWhere(target(owner(assignableTo(Clock.class))).and(target(nameMatching("system.*"))))
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .accessTargetWhere(target(owner(assignableTo(Thread.class))).and(target(name("sleep"))))
                .orShould()
                .accessTargetWhere(target(owner(assignableTo(TimeUnit.class))).and(target(name("sleep"))))
                .orShould()
                .accessTargetWhere(target(owner(DescribedPredicate.describe(
                                Random.class.getName(), type -> type.isEquivalentTo(Random.class))))
                        .and(target(name("<init>"))))
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(ThreadLocalRandom.class, "current")
                .because("a whole life of a certificate must run in a test, at any date")
                .allowEmptyShould(true);
    }
}
