package orderplatform.query.revenue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Followed word by word, the guide gives what is in the product. */
class NewProjectionGuideTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "query-side/src/main/resources/db/migration/V3_7__revenue.sql",
                "shared-api/src/main/java/orderplatform/api/revenue/RevenueQuery.java",
                "shared-api/src/main/java/orderplatform/api/revenue/RevenuePage.java",
                "query-side/src/main/java/orderplatform/query/revenue/RevenueProjection.java",
                "query-side/src/main/java/orderplatform/query/revenue/RevenueQueries.java",
                "query-side/src/main/java/orderplatform/query/revenue/RevenueCursor.java",
                "query-side/src/main/java/orderplatform/query/revenue/RevenueController.java",
                "query-side/src/test/java/orderplatform/query/revenue/RevenueProjectionTest.java"
            })
    void shows_the_file_word_for_word(String file) throws IOException {
        var guide = Files.readString(Path.of("..", "docs", "new-projection.md"));

        assertThat(guide).contains(Files.readString(Path.of("..", file)).strip());
    }
}
