package orderplatform.eventstore.commit;

import java.util.Arrays;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.distributed.RoutingStrategy;
import org.axonframework.common.annotation.AnnotationUtils;
import org.axonframework.modelling.command.AnnotationCommandTargetResolver;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.TargetAggregateVersion;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;

/**
 * The aggregate that a command is for is the one by which it was given to its lane. Axon's own resolver looks through the
 * annotations of all members of each command, an eighth of a lane's time; it is asked if a command names a version.
 */
final class CommandTargets implements CommandTargetResolver {

    private static final ClassValue<Boolean> NAMES_VERSION = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> command) {
            return Stream.<Class<?>>iterate(command, type -> type != null, Class::getSuperclass)
                    .flatMap(type -> Stream.concat(
                            Arrays.stream(type.getDeclaredMethods()), Arrays.stream(type.getDeclaredFields())))
                    .anyMatch(member -> AnnotationUtils.isAnnotationPresent(member, TargetAggregateVersion.class));
        }
    };

    private final RoutingStrategy routing;
    private final CommandTargetResolver annotations =
            AnnotationCommandTargetResolver.builder().build();

    CommandTargets(RoutingStrategy routing) {
        this.routing = routing;
    }

    @Override
    public VersionedAggregateIdentifier resolveTarget(CommandMessage<?> command) {
        return NAMES_VERSION.get(command.getPayloadType())
                ? annotations.resolveTarget(command)
                : new VersionedAggregateIdentifier(routing.getRoutingKey(command), null);
    }
}
