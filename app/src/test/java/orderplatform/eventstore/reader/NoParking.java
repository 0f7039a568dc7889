package orderplatform.eventstore.reader;

import orderplatform.eventstore.parking.ParkingTables;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Nothing is ever parked: no handler of the simulation fails for a reason of its own. */
public final class NoParking extends ParkingTables {

    public NoParking() {
        super(new DelegatingDataSource());
    }

    @Override
    public boolean isParked(String processor, String sequence) {
        return false;
    }

    @Override
    public void park(String processor, int segment, String sequence, long position, Throwable cause) {
        throw new IllegalStateException(sequence + " is to be parked", cause);
    }
}
