package io.certwright.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Optional;

/** A class names only classes of its own room and of rooms that the table lets it know. */
final class KnowOnlyRoomsBelow extends ArchCondition<JavaClass> {
    private final String base;

    KnowOnlyRoomsBelow(String base) {
        super("know only the rooms below them");
        this.base = base;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        Optional<Room> room = roomOf(type);
        if (room.isEmpty()) {
            events.add(SimpleConditionEvent.violated(
                    type, type.getName() + " is in no room: the table of rooms does not have its package."));
            return;
        }
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            if (isOurs(dependency.getTargetClass())) {
                roomOf(dependency.getTargetClass())
                        .filter(other -> !room.get().mayKnow(other))
                        .ifPresent(other -> events.add(SimpleConditionEvent.violated(
                                type,
                                room.get().name() + " may not know " + other.name() + ": "
                                        + dependency.getDescription())));
            }
        }
    }

    private boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith(base + ".");
    }

    private Optional<Room> roomOf(JavaClass type) {
        return Room.of(type.getPackageName().substring(base.length() + 1));
    }
}
