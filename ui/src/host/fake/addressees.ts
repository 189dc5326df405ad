import type { AddresseeRow, AddresseeSave } from "../bindings";

/** Recipients beside bureaus and furnishers: one is kept for each name. */
export class FakeAddressees {
  private kept: (AddresseeRow & { forgotten: boolean })[] = [];

  list(): AddresseeRow[] {
    return this.kept
      .filter(({ forgotten }) => !forgotten)
      .map(({ id, name, address, fax }) => ({ id, name, address, fax }))
      .toSorted((one, other) => one.name.localeCompare(other.name, "en-US"));
  }

  find(id: string): AddresseeRow | undefined {
    return this.kept.find((one) => one.id === id);
  }

  save({ name, address, fax }: AddresseeSave): AddresseeRow {
    const known = this.kept.find((one) => one.name.toLowerCase() === name.trim().toLowerCase());
    const row = { id: known?.id ?? String(this.kept.length + 1), name: name.trim(), address, fax };
    this.kept = [...this.kept.filter((one) => one !== known), { ...row, forgotten: false }];
    return row;
  }

  forget(id: string): boolean {
    const known = this.list().some((one) => one.id === id);
    this.kept = this.kept.map((one) => (one.id === id ? { ...one, forgotten: true } : one));
    return known;
  }

  /** What of it is no address, by field. */
  faults({ name, address }: AddresseeSave): { [field: string]: string[] } {
    const empty = Object.entries({ name, ...address }).filter(([, text]) => text.trim() === "");
    const faults = Object.fromEntries(empty.map(([field]) => [field, ["must not be empty"]]));
    return /^\d{5}(-\d{4})?$/.test(address.zip) ? faults : { ...faults, zip: ["five digits, or nine as 12345-6789"] };
  }
}
