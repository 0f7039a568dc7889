package orderplatform.eventstore.projection;

import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.function.SingletonSupplier;

/** The projections that are beans of this node. */
public final class Projections {

    private Projections() {}

    /**
     * Each by its name, not made before it is asked for: what a projection needs may itself need to know which there are.
     *
     * @throws IllegalStateException if two are in one processing group, or one is in none
     */
    public static SortedMap<String, Supplier<Projection>> in(ListableBeanFactory beans) {
        var found = new TreeMap<String, Supplier<Projection>>();
        for (var bean : beans.getBeanNamesForType(Projection.class, true, false)) {
            var name = Projection.nameOf(Objects.requireNonNull(beans.getType(bean, false)));
            if (found.put(name, SingletonSupplier.of(() -> beans.getBean(bean, Projection.class))) != null) {
                throw new IllegalStateException("Two projections are in processing group %s".formatted(name));
            }
        }
        return found;
    }
}
