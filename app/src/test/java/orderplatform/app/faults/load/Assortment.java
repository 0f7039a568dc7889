package orderplatform.app.faults.load;

import java.util.Random;

/** What the shop sells: one SKU that everybody wants, some with plenty of pieces, and some that sell out. */
public interface Assortment {

    String HOT = "FAULT-HOT";
    int PLENTIFUL = 8;
    int SCARCE = 4;
    long PLENTY = 1_000_000;
    long FEW = 40;

    static String any(Random random) {
        int chance = random.nextInt(100);
        return chance < 35 ? HOT : chance < 85 ? plentiful(random) : scarce(random);
    }

    static String plentiful(Random random) {
        return "FAULT-" + random.nextInt(PLENTIFUL);
    }

    static String scarce(Random random) {
        return "FAULT-SCARCE-" + random.nextInt(SCARCE);
    }

    static void takeIn(Shopper shopper) throws InterruptedException {
        shopper.receive(HOT, PLENTY);
        for (int i = 0; i < PLENTIFUL; i++) {
            shopper.receive("FAULT-" + i, PLENTY);
        }
        for (int i = 0; i < SCARCE; i++) {
            shopper.receive("FAULT-SCARCE-" + i, FEW);
        }
    }
}
