package orderplatform.query.orders;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;

interface OrderRows extends JpaRepository<OrderRow, String>, JpaSpecificationExecutor<OrderRow> {}
