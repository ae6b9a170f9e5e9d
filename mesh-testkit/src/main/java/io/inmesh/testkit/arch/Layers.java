package io.inmesh.testkit.arch;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The numbered layers of one module. A package may depend on packages of a smaller number only, and packages of one number never
 * meet. A sub-package belongs to the nearest named package above it.
 */
public final class Layers {

    private final String root;
    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    private Layers(String root) {
        this.root = root;
    }

    /** Layers below a root package, whose own classes are named by the empty string. */
    public static Layers of(String root) {
        return new Layers(root);
    }

    public Layers layer(int number, String... packages) {
        for (String name : packages) {
            numbers.put(name.isEmpty() ? root : root + "." + name, number);
        }
        return this;
    }

    public ArchRule rule() {
        return ArchRuleDefinition.classes()
                .that()
                .resideInAPackage(root + "..")
                .should(onlyDependDownwards())
                .allowEmptyShould(true)
                .because(
                        "a package imports only packages of a smaller number, so that each straight way through the code"
                                + " has one direction (architecture, modules)");
    }

    private ArchCondition<JavaClass> onlyDependDownwards() {
        return new ArchCondition<>("be in a named layer and depend on smaller layers only") {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                Optional<String> from = unit(origin);
                if (from.isEmpty()) {
                    events.add(SimpleConditionEvent.violated(origin, origin.getName() + " is in no layer"));
                    return;
                }
                origin.getDirectDependenciesFromSelf()
                        .forEach(dependency -> checkDirection(from.get(), dependency, events));
            }
        };
    }

    private void checkDirection(String from, Dependency dependency, ConditionEvents events) {
        unit(dependency.getTargetClass())
                .filter(to -> !to.equals(from) && number(to) >= number(from))
                .ifPresent(to -> events.add(SimpleConditionEvent.violated(
                        dependency,
                        "layer " + number(from) + " uses layer " + number(to) + ": " + dependency.getDescription())));
    }

    private int number(String unit) {
        return numbers.getOrDefault(unit, Integer.MAX_VALUE);
    }

    private Optional<String> unit(JavaClass type) {
        String name = type.getPackageName();
        while (name.startsWith(root)) {
            // The root names its own classes only; else every unnamed package would silently count as the top layer.
            if (numbers.containsKey(name)
                    && (!name.equals(root) || type.getPackageName().equals(root))) {
                return Optional.of(name);
            }
            int dot = name.lastIndexOf('.');
            if (dot < 0) {
                break;
            }
            name = name.substring(0, dot);
        }
        return Optional.empty();
    }
}
