package orderplatform.query.history;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

interface HistoryRows extends JpaRepository<HistoryRow, HistoryRow.Key> {

    List<HistoryRow> findByKeyOrderIdOrderByKeyVersion(String orderId);
}
