package orderplatform.app.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import orderplatform.app.retail.RetailFileTest;
import orderplatform.app.retail.Stretch;
import org.junit.jupiter.api.Test;

class MatchingTest {

    private static final String SALE = "1001,10001,MUG,4,2010-12-01 08:00:00,1,1.0,UK";

    private static List<String> matches(String... rows) throws Exception {
        Stretch stretch = RetailFileTest.read(rows);
        return Import.matches(stretch.sales(), stretch.cancellations()).stream()
                .map(match ->
                        match.cancellation().number() + " of " + match.sale().number())
                .toList();
    }

    @Test
    void a_cancellation_of_the_same_goods_summed_is_matched() throws Exception {
        assertThat(matches(
                        SALE,
                        "1001,10002,BOX,2,2010-12-01 08:00:00,1,1.0,UK",
                        "C1002,10002,BOX,-2,2010-12-01 09:00:00,1,1.0,UK",
                        "C1002,10001,MUG,-1,2010-12-01 09:00:00,1,1.0,UK",
                        "C1002,10001,MUG,-3,2010-12-01 09:00:00,1,1.0,UK"))
                .containsExactly("C1002 of 1001");
    }

    @Test
    void a_part_of_an_order_is_not_matched() throws Exception {
        assertThat(matches(SALE, "C1002,10001,MUG,-3,2010-12-01 09:00:00,1,1.0,UK"))
                .isEmpty();
    }

    @Test
    void another_customers_order_is_not_matched() throws Exception {
        assertThat(matches(SALE, "C1002,10001,MUG,-4,2010-12-01 09:00:00,1,2.0,UK"))
                .isEmpty();
    }

    @Test
    void a_later_order_is_not_matched() throws Exception {
        assertThat(matches("C1000,10001,MUG,-4,2010-12-01 07:00:00,1,1.0,UK", SALE))
                .isEmpty();
    }

    @Test
    void an_order_is_cancelled_once_and_the_latest_first() throws Exception {
        assertThat(matches(
                        SALE,
                        "1002,10001,MUG,4,2010-12-01 08:30:00,1,1.0,UK",
                        "C1003,10001,MUG,-4,2010-12-01 09:00:00,1,1.0,UK",
                        "C1004,10001,MUG,-4,2010-12-01 09:00:00,1,1.0,UK",
                        "C1005,10001,MUG,-4,2010-12-01 09:00:00,1,1.0,UK"))
                .containsExactly("C1003 of 1002", "C1004 of 1001");
    }
}
