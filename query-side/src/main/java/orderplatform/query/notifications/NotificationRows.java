package orderplatform.query.notifications;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;

interface NotificationRows extends JpaRepository<NotificationRow, String> {

    List<NotificationRow> findByOrderIdOrderByEventPositionAscChannelAsc(String orderId);

    List<NotificationRow> findByEventIdInOrderByEventPositionAscChannelAsc(Collection<String> eventIds);

    /** Locks the line until the transaction ends, so that one of two consumers sends and the other sees it sent. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    NotificationRow getByNotificationId(String notificationId);
}
