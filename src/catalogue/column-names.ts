/**
 * What columns are called in exports, English and German, most certain name first: when two columns could be
 * one field, the one that stands first here is it. Compared by {@link normalizeColumn}.
 */
type Names<Field extends string> = Readonly<Record<Field, string>>;

export type ProductField =
  | 'code'
  | 'name'
  | 'family'
  | 'category'
  | 'brand'
  | 'description'
  | 'url'
  | 'price'
  | 'salePrice'
  | 'currency'
  | 'stock'
  | 'deliveryDays'
  | 'attributes';

export const PRODUCT_COLUMNS: Names<ProductField> = {
  code: `code sku productcode itemcode articlenumber articleno itemnumber itemno productnumber partnumber
    artikelnummer artikelnr artnr artikelcode bestellnummer bestellnr produktnummer produktcode variantsku
    articleid productid artikelid produktid id mpn ean gtin`,
  name: `name productname title producttitle itemname articlename bezeichnung artikelbezeichnung produktname
    artikelname titel kurzbezeichnung produkt product artikel article`,
  family: `family parentsku parentcode parent itemgroupid familie vaterartikel hauptartikel stammartikel
    model modell handle`,
  category: `category productcategory categories producttype kategorie warengruppe produktgruppe artikelgruppe
    rubrik kategorien department type`,
  brand: 'brand manufacturer vendor maker marke hersteller',
  description: `description longdescription productdescription beschreibung artikelbeschreibung
    produktbeschreibung langtext langbeschreibung bodyhtml body details text`,
  url: 'url link producturl productlink produktlink produkturl artikellink weblink webpage href',
  price: `price unitprice retailprice sellingprice grossprice variantprice preis verkaufspreis vkpreis
    bruttopreis vkbrutto einzelpreis stueckpreis endpreis vk uvp`,
  salePrice: `saleprice specialprice offerprice promoprice promotionalprice reducedprice discountprice discountedprice
    angebotspreis aktionspreis sonderpreis reduzierterpreis`,
  currency: 'currency currencycode pricecurrency waehrung waehrungscode',
  stock: `stock stocklevel stockquantity inventory inventoryquantity variantinventoryqty onhand quantity qty
    bestand lagerbestand stueckzahl menge lager verfuegbarerbestand verfuegbar available availability
    verfuegbarkeit instock`,
  deliveryDays: `deliverydays deliverytime leadtime shippingdays shippingtime dispatchdays lieferzeit
    liefertage lieferzeittage lieferzeitintagen lieferfrist versandtage delivery`,
  attributes: 'attributes attribute eigenschaften properties options',
};

export type OrderField =
  | 'number'
  | 'email'
  | 'state'
  | 'items'
  | 'total'
  | 'currency'
  | 'placedAt'
  | 'shippedAt'
  | 'expectedAt'
  | 'carrier'
  | 'tracking'
  | 'itemCode'
  | 'itemName'
  | 'itemQuantity';

export const ORDER_COLUMNS: Names<OrderField> = {
  number: `ordernumber orderno ordernr orderid bestellnummer bestellnr auftragsnummer auftragsnr number nummer
    order bestellung auftrag name id`,
  email: 'email emailaddress customeremail kundenemail emailadresse mail contactemail',
  state: 'state status orderstatus orderstate bestellstatus auftragsstatus fulfillmentstatus',
  items: 'items lineitems positionen artikel products produkte',
  total: `total totalamount totalprice grandtotal ordertotal gesamtbetrag gesamtsumme gesamtpreis summe gesamt
    rechnungsbetrag bruttobetrag betrag amount`,
  currency: 'currency currencycode waehrung waehrungscode',
  placedAt: `placedat placed orderdate orderedat ordered bestelldatum bestelltam auftragsdatum createdat created
    date datum`,
  shippedAt: 'shippedat shipped shipdate shippingdate dispatchedat versanddatum versandtam versendetam',
  expectedAt: `expectedat expected expecteddelivery estimateddelivery eta deliverydate lieferdatum liefertermin
    voraussichtlichelieferung`,
  carrier: 'carrier shippingcompany courier versanddienst versanddienstleister paketdienst spedition',
  tracking: `tracking trackingnumber trackingcode trackingid trackingnummer sendungsnummer paketnummer
    sendungsverfolgung`,
  itemCode: 'itemcode lineitemsku sku productcode artikelnummer artikelnr artnr',
  itemName: 'itemname lineitemname productname artikelname artikelbezeichnung bezeichnung',
  itemQuantity: 'itemquantity lineitemquantity quantity qty menge anzahl',
};

/** Attributes that have many names and are filtered by. */
export const ATTRIBUTE_COLUMNS: Names<'size' | 'colour' | 'material'> = {
  size: 'size groesse shoesize schuhgroesse kleidergroesse konfektionsgroesse',
  colour: 'colour color farbe farbton',
  material: 'material stoff obermaterial',
};

/** "Größe (EU)" is "groesseeu", "delivery_days" is "deliverydays". */
export function normalizeColumn(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '');
}
