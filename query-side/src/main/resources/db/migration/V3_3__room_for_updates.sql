-- Rows that change within a second of their making: with room on their page, a change that no index is about touches none.
ALTER TABLE order_view SET (fillfactor = 60);
ALTER TABLE stock_view SET (fillfactor = 60);
