package orderplatform.query.inventory;

import org.springframework.data.jpa.repository.JpaRepository;

interface StockRows extends JpaRepository<StockRow, String> {}
